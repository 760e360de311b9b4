import { Button, type ButtonProps, Menu, type MenuItemProps, Tooltip } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { MouseEvent, ReactNode } from "react";
import { linkTo, type Target } from "../parts/page-link.tsx";
import { type Doing, useMay } from "./use-may.ts";
import type { Verdict } from "./verdict.ts";

interface ActButtonProps extends ButtonProps {
  readonly may: Doing;
  readonly onGo?: (() => void) | undefined;
  /** A page on which it is done. */
  readonly to?: Target;
  readonly type?: "button" | "submit";
  readonly "aria-label"?: string;
  readonly children: ReactNode;
}

/** A button that does something, or leads to where that is done, by the API's word. */
export function ActButton({ may, onGo, to, disabled, ...button }: ActButtonProps): ReactNode {
  const verdict = useMay(may);
  const isLink = to !== undefined && verdict.allowed;
  return (
    <WhyNot verdict={verdict}>
      {isLink ? (
        <Button component={Link} {...(linkTo(to) as object)} {...(button as ButtonProps)} />
      ) : (
        <Button
          type="button"
          {...button}
          {...heldBack(verdict)}
          disabled={verdict.allowed && disabled === true}
          onClick={(event) => {
            if (!verdict.allowed) return hold(event);
            onGo?.();
          }}
        />
      )}
    </WhyNot>
  );
}

/** The same in a menu. */
export function ActItem({
  may,
  onGo,
  ...item
}: MenuItemProps & {
  readonly may: Doing;
  readonly onGo: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const verdict = useMay(may);
  return (
    <WhyNot verdict={verdict} position="left">
      <Menu.Item
        {...item}
        {...heldBack(verdict)}
        closeMenuOnClick={verdict.allowed}
        onClick={() => {
          if (verdict.allowed) onGo();
        }}
      />
    </WhyNot>
  );
}

/** Says, to who points at it, why something cannot be done. */
export function WhyNot(given: {
  readonly verdict: Verdict;
  readonly position?: "left" | "top";
  readonly children: ReactNode;
}): ReactNode {
  const { verdict, position = "top", children } = given;
  const { why } = verdict;
  return (
    <Tooltip label={why} disabled={why === ""} position={position} multiline maw={360}>
      {children}
    </Tooltip>
  );
}

/** Of what may not be done: in reach of the keyboard, for whoever cannot do it shall learn why. */
export function heldBack({ allowed, why }: Verdict) {
  return {
    ...(allowed ? {} : { "data-disabled": true }),
    "aria-disabled": !allowed,
    ...(why === "" ? {} : { "aria-description": why }),
  };
}

/** Nor is a form sent by it, as the Enter key would. */
function hold(event: MouseEvent): void {
  event.preventDefault();
}
