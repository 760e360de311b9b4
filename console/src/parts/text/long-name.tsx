import { Fragment, type ReactNode } from "react";

/** A name of the program's own, which breaks where its words meet and nowhere else. */
export function LongName({ name }: { readonly name: string }): ReactNode {
  const words = name.split(/(?<=_)|(?=[A-Z])/);
  return (
    <b style={{ overflowWrap: "normal" }}>
      {words.map((word, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the words of one name never move
        <Fragment key={at}>
          {at > 0 && <wbr />}
          {word}
        </Fragment>
      ))}
    </b>
  );
}
