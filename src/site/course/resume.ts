import { fill } from '#words/fill.ts';
import { loadReading, type Reading } from '../store/reading.ts';

/** Words that the server puts into the page, so that the table of words is not sent with the script. */
interface ResumeWords {
  readonly done: string;
  readonly resume: string;
  readonly resumeAt: string;
}

interface ReadLesson {
  readonly row: HTMLElement;
  readonly link: HTMLAnchorElement;
  readonly minutes: number;
  readonly reading: Reading;
}

/** Draws on the course map how far the reader came, and offers to go on with what was read last. */
export async function showProgress(map: HTMLElement): Promise<void> {
  const words: ResumeWords = JSON.parse(map.dataset.words ?? '{}');
  const rows = [...map.querySelectorAll<HTMLElement>('[data-lesson]')];
  const read = (await Promise.all(rows.map(readLesson))).flatMap((each) => each ?? []);
  for (const lesson of read) {
    drawShare(lesson, words);
  }
  const open = read.filter(({ reading }) => reading.share < 1).sort((a, b) => b.reading.at - a.reading.at)[0];
  if (open !== undefined) {
    open.row.classList.add('now');
    offer(open, words);
  }
}

async function readLesson(row: HTMLElement): Promise<ReadLesson | undefined> {
  const link = row.querySelector('a');
  const slug = row.dataset.lesson;
  const reading = link === null || slug === undefined ? undefined : await loadReading(slug);
  return link === null || reading === undefined ? undefined : { row, link, minutes: Number(row.dataset.minutes), reading };
}

function drawShare({ row, minutes, reading }: ReadLesson, words: ResumeWords): void {
  const done = Math.round(minutes * reading.share);
  row.querySelector<HTMLElement>('.len')?.style.setProperty('--done', String(done));
  const state = row.querySelector('.st');
  if (state === null) {
    return;
  }
  if (reading.share >= 1) {
    state.textContent = words.done;
  } else if (done > 0) {
    const figure = document.createElement('b');
    figure.textContent = String(done);
    state.replaceChildren(figure, `/${state.textContent ?? ''}`);
  }
}

function offer({ row, link, minutes, reading }: ReadLesson, words: ResumeWords): void {
  const button = document.querySelector<HTMLAnchorElement>('[data-resume]');
  const at = document.querySelector('[data-resume-at]');
  if (button === null || at === null) {
    return;
  }
  button.href = link.href;
  button.textContent = words.resume;
  at.textContent = fill(words.resumeAt, {
    ordinal: row.dataset.ordinal ?? '',
    title: link.textContent ?? '',
    minutes,
    done: Math.round(minutes * reading.share),
  });
}
