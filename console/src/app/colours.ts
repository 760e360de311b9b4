import { useComputedColorScheme, useMantineColorScheme } from "@mantine/core";

/** Whether colours are dark, by choice or by the browser's wish, and how to change that. */
export function useColours(): { readonly isDark: boolean; readonly change: () => void } {
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme("light") === "dark";
  return { isDark, change: () => setColorScheme(isDark ? "light" : "dark") };
}
