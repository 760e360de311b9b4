import { describe, expect, it } from "vitest";
import { csvLine, tokenRowsIn } from "./rows.ts";

const accepted = { status: "accepted" };

describe("tokens of a table", () => {
  it("are values one below the other", () => {
    expect(tokenRowsIn("A1\n\nB2\r\n")).toEqual([
      { line: 1, uid: "A1", body: accepted },
      { line: 3, uid: "B2", body: accepted },
    ]);
    expect(tokenRowsIn(" \n")).toEqual([]);
  });

  it("have the usual columns where no titles say otherwise", () => {
    expect(tokenRowsIn("A1;Blocked;FLEET;2027-01-01;2")).toEqual([
      {
        ...{ line: 1, uid: "A1" },
        body: {
          ...{ status: "blocked", groupToken: "FLEET", concurrency: 2 },
          expiresAt: new Date(2027, 0, 1).toISOString(),
        },
      },
    ]);
  });

  it("have columns in any order under titles of many tongues", () => {
    const table = '\u{feff}Comment\tParent-Id-Tag\tidTag\n"a\tb"\tFLEET\tA1';
    expect(tokenRowsIn(table)).toEqual([
      { line: 2, uid: "A1", body: { ...accepted, groupToken: "FLEET" } },
    ]);
  });

  it("may be quoted, with separators, quotes and breaks inside", () => {
    const table = 'token,group\n"A,1","say ""hi"""\n"B\n2",\nC3,G';
    expect(tokenRowsIn(table)).toEqual([
      { line: 2, uid: "A,1", body: { ...accepted, groupToken: 'say "hi"' } },
      { line: 3, uid: "B\n2", body: accepted },
      { line: 5, uid: "C3", body: { ...accepted, groupToken: "G" } },
    ]);
  });

  it("that cannot be sent say why", () => {
    const table = "A1,,,05/06/2026\nB2,,,,many\n,blocked\nA1\na1";
    expect(tokenRowsIn(table).map(({ fault }) => fault)).toEqual([
      ...["badDate", "badNumber", "noToken"],
      ...["twice", "twice"],
    ]);
  });

  it("leave their status to the API to judge", () => {
    expect(tokenRowsIn("A1,good")[0]).toMatchObject({ body: { status: "good" } });
  });
});

it("a line of a table comes out as it went in", () => {
  const cells = ["A,1", 'say "hi"', "B\r2", 7];
  expect(csvLine(cells)).toBe('"A,1","say ""hi""","B\r2",7');
});

it("a line of a table is no formula of whoever opens it, and is read as it was", () => {
  expect(csvLine(["=1+1", "-1", "@A", -1])).toBe("'=1+1,'-1,'@A,-1");
  expect(tokenRowsIn(csvLine(["-1"]))).toMatchObject([{ uid: "-1" }]);
});
