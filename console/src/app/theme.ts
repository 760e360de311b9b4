import { type CSSVariablesResolver, createTheme } from "@mantine/core";

/** Dense and calm: small type, little space, one colour that means "act here". */
export const theme = createTheme({
  primaryColor: "cyan",
  // White on it has enough contrast, in either colour.
  primaryShade: 9,
  autoContrast: true,
  respectReducedMotion: true,
  defaultRadius: "sm",
  cursorType: "pointer",
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "Liberation Mono", monospace',
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.125rem" },
  spacing: { xs: "0.375rem", sm: "0.625rem", md: "0.875rem", lg: "1.25rem", xl: "1.75rem" },
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "1.25rem", lineHeight: "1.3" },
      h2: { fontSize: "0.9375rem", lineHeight: "1.4" },
      h3: { fontSize: "0.875rem", lineHeight: "1.4" },
    },
  },
  components: {
    // Cards stand out of the ground by their line, in either colour.
    Card: { defaultProps: { bg: "var(--mantine-color-body)" } },
    Paper: { defaultProps: { bg: "var(--mantine-color-body)" } },
    Button: { defaultProps: { size: "xs" } },
    TextInput: { defaultProps: { size: "xs" } },
    PasswordInput: { defaultProps: { size: "sm" } },
    NumberInput: { defaultProps: { size: "xs" } },
    NativeSelect: { defaultProps: { size: "xs" } },
    Textarea: { defaultProps: { size: "xs" } },
    // Its place to begin at is one that nobody may be at (ARIA): the first item is as good.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Checkbox: { defaultProps: { size: "xs" } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true, multiline: true, maw: 360 } },
  },
});

/** What the pointer is on: darker than it was, so that white on it keeps its contrast. */
const pointedAt = {
  "--mantine-color-cyan-filled-hover": "#095c6b",
  "--mantine-color-red-filled-hover": "#a61e1e",
};

/** Quiet text that still has the contrast of WCAG 2.2 AA (4.5 : 1) on every ground of ours. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...pointedAt,
    "--mantine-color-dimmed": "#5c636a",
    "--mantine-color-error": "var(--mantine-color-red-9)",
    "--mantine-color-body": "#ffffff",
    "--motown-ground": "#f6f7f8",
    "--motown-line": "#e1e4e8",
    "--motown-row": "#f3f6f8",
  },
  dark: {
    ...pointedAt,
    "--mantine-color-dimmed": "#a3aab2",
    "--mantine-color-error": "var(--mantine-color-red-4)",
    "--mantine-color-body": "#1b1e22",
    "--motown-ground": "#14171a",
    "--motown-line": "#2f343a",
    "--motown-row": "#23272c",
    // Of dots and bars alone, beside their words: bright enough to be told apart on a dark ground.
    ...Object.fromEntries(
      ["green", "yellow", "orange", "blue", "indigo", "violet"].map((color) => [
        `--mantine-color-${color}-filled`,
        `var(--mantine-color-${color}-5)`,
      ]),
    ),
  },
});
