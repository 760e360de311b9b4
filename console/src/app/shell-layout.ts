/** Where the parts of the shell are; the frame that a page begins with has the same. */
export const shellLayout = {
  header: { height: 44 },
  navbar: { width: 196, breakpoint: "sm" },
  padding: "md",
  brand: { icon: 22, text: { fw: 650, size: "lg" } },
} as const;
