import { effect } from '@preact/signals';
import type { StoreTrouble } from '../store/progress-store.ts';
import type { LabSession } from './lab-session.ts';

/** What a learner leaves in a lab. */
interface KeptLab {
  readonly files: Readonly<Record<string, string>>;
  readonly hintsUsed: number;
  readonly name: string;
}

/** What is to be said about keeping; at most one of them. */
export interface KeepingNote {
  readonly trouble?: StoreTrouble;
  /** The version of the lab the answer was given in, when it is an older one. */
  readonly olderVersion?: number;
}

const pause = 600;

/**
 * Brings back what was left in this browser, then keeps every change a moment after it was made. What the learner typed while the store was
 * being asked counts for more than what was in it. Gives a function that stops keeping.
 */
export function keepLab(session: LabSession, note: (note: KeepingNote) => void): () => void {
  const { lab } = session;
  const key = `lab/${lab.id}`;
  const untouched = JSON.stringify(leftBehind(session));
  let stop: () => void = () => undefined;
  let gone = false;
  import('../store/progress-store.ts')
    .then(async ({ load, save }) => {
      const loaded = await load(key, lab.version, isKeptLab);
      if (gone) return;
      if (loaded.kind === 'trouble') note({ trouble: loaded.trouble });
      if (loaded.kind === 'found') {
        if (loaded.older) note({ olderVersion: loaded.saved.version });
        if (JSON.stringify(leftBehind(session)) === untouched) bringBack(session, loaded.saved.value);
      }
      let timer: ReturnType<typeof setTimeout> | undefined;
      // Not what stands there now: it may have been typed while the store was being asked, and is to be kept.
      let kept = loaded.kind === 'found' ? JSON.stringify(loaded.saved.value) : untouched;
      stop = effect(() => {
        const value = leftBehind(session);
        const text = JSON.stringify(value);
        if (text === kept) return;
        kept = text;
        clearTimeout(timer);
        timer = setTimeout(() => {
          save(key, lab.version, value)
            .then((trouble) => {
              if (trouble !== undefined) note({ trouble });
            })
            .catch(() => undefined);
        }, pause);
      });
    })
    .catch(() => note({ trouble: 'blocked' }));
  return () => {
    gone = true;
    stop();
  };
}

function leftBehind(session: LabSession): KeptLab {
  return { files: editableTexts(session), hintsUsed: session.hintsUsed.value, name: session.name.value };
}

function editableTexts({ lab, texts }: LabSession): Readonly<Record<string, string>> {
  return Object.fromEntries(lab.files.filter((file) => file.editable).map((file) => [file.name, texts.get(file.name)?.value ?? file.text]));
}

function bringBack(session: LabSession, { files, hintsUsed, name }: KeptLab): void {
  for (const file of session.lab.files) {
    const text = session.texts.get(file.name);
    if (file.editable && text !== undefined && Object.hasOwn(files, file.name)) text.value = files[file.name] ?? file.text;
  }
  session.hintsUsed.value = Math.min(hintsUsed, session.lab.hints.length);
  session.name.value = name;
}

function isKeptLab(value: unknown): value is KeptLab {
  if (typeof value !== 'object' || value === null) return false;
  const { files, hintsUsed, name } = value as Partial<Record<keyof KeptLab, unknown>>;
  const isText = (each: unknown): boolean => typeof each === 'string';
  return typeof files === 'object' && files !== null && Object.values(files).every(isText) && Number.isInteger(hintsUsed) && isText(name);
}
