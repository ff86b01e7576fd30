import { useEffect, useState } from 'preact/hooks';
import { storeWords } from '#words/ko.ts';
import type { StoreTrouble } from '../store/progress-store.ts';
import type { Answers } from './predictions.ts';

export interface KeptAnswers {
  readonly answers: Answers;
  answer(question: string, answer: string): void;
  /** The version of the text the answers were given in, when it is an older one. */
  readonly olderVersion?: number;
  /** What is to be said about keeping them; empty when there is nothing to say. */
  readonly note: string;
}

const noteOf: Readonly<Record<StoreTrouble, string>> = storeWords;

/** Answers of one scene, kept in this browser. Without a store, or with a broken one, they live as long as the page. */
export function useKeptAnswers(
  keep: { readonly lesson: string; readonly version: number } | undefined,
  scene: string,
  awake: boolean,
): KeptAnswers {
  const [all, setAll] = useState<Readonly<Record<string, Answers>>>({});
  const [older, setOlder] = useState<number | undefined>(undefined);
  const [note, setNote] = useState('');
  const key = keep === undefined ? undefined : `prediction/${keep.lesson}/${scene}`;
  const version = keep?.version ?? 0;

  useEffect(() => {
    if (key === undefined || !awake) return;
    let gone = false;
    import('../store/progress-store.ts')
      .then(({ load }) => load(key, version, isAnswers))
      .then((loaded) => {
        if (gone) return;
        setOlder(loaded.kind === 'found' && loaded.older ? loaded.saved.version : undefined);
        if (loaded.kind === 'trouble') setNote(noteOf[loaded.trouble]);
        // An answer given while the store was being asked counts for more than the one in it.
        if (loaded.kind === 'found') setAll((before) => ({ ...before, [scene]: { ...loaded.saved.value, ...before[scene] } }));
      })
      .catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [key, version, scene, awake]);

  return {
    answers: all[scene] ?? {},
    note,
    ...(older === undefined ? {} : { olderVersion: older }),
    answer(question, answer) {
      const answers = { ...all[scene], [question]: answer };
      setAll({ ...all, [scene]: answers });
      if (key === undefined) return;
      import('../store/progress-store.ts')
        .then(({ save }) => save(key, version, answers))
        .then((trouble) => setNote(trouble === undefined ? storeWords.saved : noteOf[trouble]))
        .catch(() => undefined);
    },
  };
}

function isAnswers(value: unknown): value is Answers {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every((each) => typeof each === 'string')
  );
}
