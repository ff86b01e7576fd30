import { useRef } from 'preact/hooks';
import { fill } from '#words/fill.ts';
import { labWords } from '#words/lab.ts';
import { siteWords } from '#words/site.ts';
import type { LabSession } from '../labs/lab-session.ts';
import { Prose } from './Marks.tsx';

const words = siteWords.labs;

/** Hints open in order, and each says what it costs before it is opened. */
export function LabHints({ session, awake }: { session: LabSession; awake: boolean }) {
  const list = useRef<HTMLOListElement>(null);
  const { hints } = session.lab;
  const used = session.hintsUsed.value;
  if (hints.length === 0) return null;

  function open(number: number): void {
    session.hintsUsed.value = number;
    // The button is gone, and the keyboard with it: on to what it opened.
    requestAnimationFrame(() => list.current?.querySelectorAll<HTMLElement>('.used p')[number - 1]?.focus());
  }

  return (
    <>
      <h2>{words.hints}</h2>
      <ol class="hints" ref={list}>
        {hints.map((hint, index) => {
          const number = index + 1;
          const cost = { cost: hint.cost };
          if (index < used) {
            return (
              <li key={hint.text} class="used">
                <span>
                  <b>{number}</b> {labWords.hintUsed}
                </span>
                <span class="cost">{fill(words.hintCost, cost)}</span>
                <p tabIndex={-1}>
                  <Prose text={hint.text} />
                </p>
              </li>
            );
          }
          return (
            <li key={hint.text}>
              <span>
                <b>{number}</b> {words.hint[index] ?? ''}
              </span>
              <button type="button" class="btn quiet small" disabled={!awake || index > used} onClick={() => open(number)}>
                {index > used ? fill(labWords.hintLocked, { number: index, ...cost }) : fill(labWords.hintOpen, cost)}
              </button>
            </li>
          );
        })}
      </ol>
    </>
  );
}
