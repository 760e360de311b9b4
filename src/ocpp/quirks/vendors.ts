// Our profiles: one file per vendor, data alone. How to add one: docs/quirks.md.
import { type QuirkProfile, readProfiles } from "./profile.ts";
import aefa from "./vendors/aefa.json" with { type: "json" };
import beny from "./vendors/beny.json" with { type: "json" };
import delta from "./vendors/delta.json" with { type: "json" };
import enPlus from "./vendors/en-plus.json" with { type: "json" };
import grizzlE from "./vendors/grizzl-e.json" with { type: "json" };
import huawei from "./vendors/huawei.json" with { type: "json" };
import keba from "./vendors/keba.json" with { type: "json" };
import schneider from "./vendors/schneider.json" with { type: "json" };
import wallbox from "./vendors/wallbox.json" with { type: "json" };

/** The files, by their names. */
export const vendorFiles: Readonly<Record<string, unknown>> = {
  aefa,
  beny,
  delta,
  "en-plus": enPlus,
  "grizzl-e": grizzlE,
  huawei,
  keba,
  schneider,
  wallbox,
};

/** Every profile that Motown brings along. A wrong one ends the start, and a test before that. */
export const vendorProfiles: readonly QuirkProfile[] = Object.entries(vendorFiles).flatMap(
  ([name, content]) => readProfiles(content, `vendors/${name}.json`),
);
