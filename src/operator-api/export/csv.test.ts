import { expect, it } from "vitest";
import { csvLine } from "./csv.ts";

it("writes lines as RFC 4180 has them", () => {
  expect(csvLine(["CP1", 12.5, true, undefined, ""])).toBe("CP1,12.5,true,,\r\n");
  expect(csvLine(["a,b", 'say "no"', "two\nlines", "plain text"])).toBe(
    '"a,b","say ""no""","two\nlines",plain text\r\n',
  );
});

it("makes texts harmless that a spreadsheet would run, and leaves numbers alone", () => {
  for (const formula of ["=1+1", "+1", "-1", "@SUM(A1)", "\tx"]) {
    expect(csvLine([formula])).toBe(`'${formula}\r\n`);
  }
  expect(csvLine(['=HYPERLINK("x")'])).toBe(`"'=HYPERLINK(""x"")"\r\n`);
  expect(csvLine([-1, "a=b", "1-2"])).toBe("-1,a=b,1-2\r\n");
});
