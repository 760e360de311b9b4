import { RouterProvider } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Toasts } from "../parts/toast-stack.tsx";
import { router } from "./router.tsx";

/** What is behind the door: the pages, and what is said in passing. */
export function Inside(): ReactNode {
  return (
    <>
      <RouterProvider router={router} />
      <Toasts />
    </>
  );
}
