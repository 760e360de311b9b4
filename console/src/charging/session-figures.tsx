import type { ReactNode } from "react";
import { spanOf } from "../parts/instants.ts";
import { useNow } from "../parts/moment.tsx";
import { energyText, percentText, powerText } from "../parts/quantity.ts";
import { useLanguage, useText } from "../strings/language.ts";

/** A quantity in Wh, or a dash where nobody measured. */
export function Energy({ wattHours }: { readonly wattHours: number | undefined }): ReactNode {
  const language = useLanguage();
  return wattHours === undefined ? "–" : energyText(wattHours, language);
}

/** A quantity in W, or a dash where nobody measured. */
export function Power({ watts }: { readonly watts: number | undefined }): ReactNode {
  const language = useLanguage();
  return watts === undefined ? "–" : powerText(watts, language);
}

/** A part of a hundred, or a dash where nobody told. */
export function Percent({ percent }: { readonly percent: number | undefined }): ReactNode {
  const language = useLanguage();
  return percent === undefined ? "–" : percentText(percent, language);
}

/** How long it lasted; of what goes on, how long it has lasted by now. */
export function Lasted(given: {
  readonly from: string;
  readonly until: string | undefined;
}): ReactNode {
  const { from, until } = given;
  return until === undefined ? <SoFar from={from} /> : <Span from={from} until={new Date(until)} />;
}

function SoFar({ from }: { readonly from: string }): ReactNode {
  return <Span from={from} until={useNow()} />;
}

function Span({ from, until }: { readonly from: string; readonly until: Date }): ReactNode {
  return spanOf(new Date(from), until, useText());
}
