import type { ComponentChildren } from 'preact';
import type { OutcomeView } from '#views/outcome.ts';
import type { PlaceView, Role } from '#views/role.ts';
import type { RuleWord } from '#views/rule-words.ts';
import type { AddressView } from '#views/trace-table.ts';
import { traceWords } from '#words/ko.ts';

/** A thing of the network: shape, colour and word together. */
export function RoleMark({ kind, children }: { kind: Role; children: ComponentChildren }) {
  return <span class={`r ${kind}`}>{children}</span>;
}

export function PlaceMark({ place }: { place: PlaceView }) {
  return (
    <>
      <RoleMark kind={place.role}>{place.name}</RoleMark>
      {place.detail !== undefined && <span class="where-i">{place.detail}</span>}
    </>
  );
}

/** How a journey ended: mark and word. What is not modelled has a word only. */
export function OutcomeMarkView({ outcome }: { outcome: Pick<OutcomeView, 'mark' | 'word'> }) {
  return outcome.mark === 'unknown' ? <b>{outcome.word}</b> : <span class={`o ${outcome.mark}`}>{outcome.word}</span>;
}

/** A printed rule whose lines break between options only. */
export function RuleText({ words }: { words: readonly RuleWord[] }) {
  return (
    <>
      {words.map((word, index) => [
        index > 0 ? ' ' : '',
        <span key={word.text} class={word.quiet ? 'w cm' : 'w'}>
          {word.text}
        </span>,
      ])}
    </>
  );
}

/** An address, crossed out and written anew where the step rewrote it; said aloud as 바뀌기 전 and 바뀐 뒤. */
export function Address({ address }: { address: AddressView | undefined }) {
  if (address === undefined) return <>–</>;
  if (address.after === undefined) return <span>{address.before}</span>;
  return (
    <>
      <del>
        <span class="vh">{traceWords.before} </span>
        {address.before}
      </del>
      <ins>
        <span class="vh">{traceWords.after} </span>
        {address.after}
      </ins>
    </>
  );
}

/** Korean text with parts between backticks in the code face. */
export function Prose({ text }: { text: string }) {
  return <>{text.split('`').map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part))}</>;
}
