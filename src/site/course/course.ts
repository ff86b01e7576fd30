import { parse } from 'yaml';
import * as z from 'zod';
import source from '../../../content/course.yaml?raw';

const labSchema = z.strictObject({ id: z.string().regex(/^L-\d{3}$/), title: z.string().min(1) });
const lessonSchema = z.strictObject({
  slug: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  title: z.string().min(1),
  /** Reading time with its widgets; one tick of the course map is ten minutes. */
  minutes: z.int().min(5),
  lab: labSchema,
});
const sessionSchema = z.strictObject({
  title: z.string().min(1),
  /** One or two words for the line above a lesson's title. */
  short: z.string().min(1),
  about: z.string().min(1),
  lessons: z.array(lessonSchema).min(1),
});
const courseSchema = z.strictObject({ sessions: z.array(sessionSchema).min(1) });

export type CourseSession = z.infer<typeof sessionSchema>;
export type CourseLesson = z.infer<typeof lessonSchema>;

function readCourse(text: string): z.infer<typeof courseSchema> {
  const result = courseSchema.safeParse(parse(text));
  if (!result.success) {
    throw new Error(`content/course.yaml: ${z.prettifyError(result.error)}`);
  }
  return result.data;
}

/** The map of the course, as content/course.yaml draws it. */
export const course = readCourse(source);

/** Every lesson in reading order. */
export const courseLessons: readonly CourseLesson[] = course.sessions.flatMap((session) => session.lessons);

/** Length of the whole course in minutes. */
export const courseMinutes = courseLessons.reduce((sum, lesson) => sum + lesson.minutes, 0);

export interface LessonPlace {
  readonly lesson: CourseLesson;
  readonly session: CourseSession;
  /** 1-based. */
  readonly sessionNumber: number;
  /** 1-based, over the whole course. */
  readonly lessonNumber: number;
  readonly previous?: CourseLesson;
  readonly next?: CourseLesson;
}

/** Where a lesson stands in the course; throws for a slug the map does not know, so that the build names it. */
export function placeOfLesson(slug: string): LessonPlace {
  const index = courseLessons.findIndex((lesson) => lesson.slug === slug);
  const lesson = courseLessons[index];
  const sessionIndex = course.sessions.findIndex((session) => session.lessons.some((each) => each.slug === slug));
  const session = course.sessions[sessionIndex];
  if (lesson === undefined || session === undefined) {
    throw new Error(`content/lessons/${slug}: content/course.yaml has no lesson with the slug "${slug}"`);
  }
  return {
    lesson,
    session,
    sessionNumber: sessionIndex + 1,
    lessonNumber: index + 1,
    previous: courseLessons[index - 1],
    next: courseLessons[index + 1],
  };
}
