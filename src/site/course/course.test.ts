import { describe, expect, test } from 'vitest';
import { course, courseLessons, courseMinutes, placeOfLesson } from './course.ts';

describe('the course map', () => {
  test('has every lesson and lab once', () => {
    expect(new Set(courseLessons.map((lesson) => lesson.slug)).size).toBe(courseLessons.length);
    expect(new Set(courseLessons.map((lesson) => lesson.lab.id)).size).toBe(courseLessons.length);
  });

  test('files each lesson under the session its slug names', () => {
    course.sessions.forEach((session, index) => {
      for (const lesson of session.lessons) expect(lesson.slug).toMatch(new RegExp(`^s${index + 1}-`));
    });
  });

  test('adds up to the length the curriculum gives', () => {
    expect([courseLessons.length, courseMinutes]).toEqual([18, 770]);
  });
});

describe('placeOfLesson', () => {
  test('knows session, number and neighbours', () => {
    const place = placeOfLesson('s3-clusterip');
    expect([place.sessionNumber, place.lessonNumber]).toEqual([3, 9]);
    expect([place.previous?.slug, place.next?.slug]).toEqual(['s3-service-abstraction', 's3-nodeport']);
  });

  test('has no neighbour beyond the ends', () => {
    expect(placeOfLesson('s1-network-model').previous).toBeUndefined();
    expect(placeOfLesson('s4-design-workshop').next).toBeUndefined();
  });

  test('names the file to correct for an unknown slug', () => {
    expect(() => placeOfLesson('s9-nothing')).toThrow(
      'content/lessons/s9-nothing: content/course.yaml has no lesson with the slug "s9-nothing"',
    );
  });
});
