import { expect, it } from "vitest";
import { en } from "../strings/en/index.ts";
import { filled, type Translate } from "../strings/translate.ts";
import { refusalText } from "./refusal-text.ts";

const t: Translate = (key, ...[values]) => filled(en[key], values ?? {}, "en");
const about = { type: "about:blank", status: 400, title: "The server's own sentence." };

it("says why, what the server adds, and the code", () => {
  const issues = [{ path: "/status", message: "must be one of accepted, blocked" }];
  expect(refusalText({ ...about, code: "BodyInvalid", detail: "x", issues }, t)).toBe(
    `${en["problem.BodyInvalid"]} status must be one of accepted, blocked (BodyInvalid)`,
  );
  expect(refusalText({ ...about, code: "TypeNotFound", detail: "ACME One" }, t)).toBe(
    `${en["problem.TypeNotFound"]} ACME One (TypeNotFound)`,
  );
});

it("takes the server's sentence where there is a newer code than the page knows", () => {
  expect(refusalText({ ...about, code: "BrandNew" as "BodyInvalid" }, t)).toBe(
    "The server's own sentence. (BrandNew)",
  );
});
