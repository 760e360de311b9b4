import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { answers } from "../api/use-answer.ts";
import { coloursKept } from "../session/form-before.ts";
import { theme, variables } from "./theme.ts";

const colours = localStorageColorSchemeManager({ key: coloursKept });

/** What every part of the console stands in: its looks, and what it has been answered. */
export function Surroundings({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      colorSchemeManager={colours}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={answers}>{children}</QueryClientProvider>
    </MantineProvider>
  );
}
