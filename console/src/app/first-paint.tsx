// What each page shows before any script has come. It is drawn when the console is built and
// written into the pages; none of this is in the scripts.
import { AppShell, Burger, Group, Text } from "@mantine/core";
import { StrictMode } from "react";
import { renderToString } from "react-dom/server";
import { Icon } from "../parts/icon.tsx";
import { supposeSignedOut } from "../session/session.ts";
import { hearLanguage, type Language, languages, textNow } from "../strings/language.ts";
import { App } from "./app.tsx";
import { shellLayout } from "./shell-layout.ts";
import { Surroundings } from "./surroundings.tsx";

/** A page as it is written. */
export interface FirstPaint {
  /** Name of its file. */
  readonly file: string;
  /** What it shows, as `shownAtFirst` finds it. */
  readonly shown: "frame" | "signIn" | "firstStart";
  readonly language: Language;
  /** What stands in `#root`. */
  readonly html: string;
  /** Where there are no scripts. */
  readonly noScript: string;
}

const bar = { background: "var(--mantine-color-body)", borderColor: "var(--motown-line)" };

/** All pages: the frame for who has a session, the form for others in each language. */
export const firstPaints = await drawn();

async function drawn(): Promise<readonly FirstPaint[]> {
  const paints: FirstPaint[] = [];
  for (const language of Object.keys(languages) as Language[]) {
    await hearLanguage(language);
    const noScript = textNow()("shell.noScript");
    if (language === "en") {
      const html = renderToString(<Frame />);
      paints.push({ file: "index.html", shown: "frame", language, html, noScript });
    }
    for (const shown of ["signIn", "firstStart"] as const) {
      supposeSignedOut(shown === "firstStart");
      // As `show` draws it: it is taken over as it is.
      const html = renderToString(
        <StrictMode>
          <App />
        </StrictMode>,
      );
      const name = shown === "signIn" ? "sign-in" : "first-start";
      paints.push({ file: `${name}.${language}.html`, shown, language, html, noScript });
    }
  }
  return paints;
}

/** The shell without what is in it. */
function Frame() {
  const { header, navbar, padding, brand } = shellLayout;
  return (
    <Surroundings>
      <AppShell
        header={header}
        navbar={{ ...navbar, collapsed: { mobile: true } }}
        padding={padding}
        style={{ height: "100%" }}
      >
        <AppShell.Header px="sm" style={bar}>
          <Group h="100%" gap="sm" wrap="nowrap">
            <Burger component="span" opened={false} hiddenFrom="sm" size="sm" aria-hidden />
            <Icon name="brand" size={brand.icon} />
            <Text {...brand.text}>Motown</Text>
          </Group>
        </AppShell.Header>
        <AppShell.Navbar component="div" style={bar} />
        <AppShell.Main style={{ background: "var(--motown-ground)" }} aria-busy />
      </AppShell>
    </Surroundings>
  );
}
