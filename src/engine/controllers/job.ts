import { generatedNamePrefix } from '../api/generated-name.ts';
import type { ObjectStore } from '../api/object-store.ts';
import { isPodReady } from '../api/pod.ts';
import { sameValue } from '../api/same-value.ts';
import type { Job } from '../api/workload.ts';
import type { ControllerContext } from './controller.ts';
import { freshPodName, isActive, ownedPods, podFromTemplate } from './owned-pods.ts';

/**
 * Runs Pods until enough of them have succeeded.
 *
 * Models: pkg/controller/job/job_controller.go, v1.37.
 *
 * @models partly Jobs: completions and parallelism; no retries with back-off, deadlines, indexes or success policies
 */
export function reconcileJobs(store: ObjectStore, context: ControllerContext): ObjectStore {
  let next = store;
  for (const job of store.list<Job>('Job')) next = reconcileJob(next, job, context);
  return next;
}

function reconcileJob(store: ObjectStore, job: Job, context: ControllerContext): ObjectStore {
  const pods = ownedPods(store, job);
  const succeeded = pods.filter(({ status }) => status.phase === 'Succeeded').length;
  const active = pods.filter(isActive);
  const left = (job.spec.completions ?? 1) - succeeded - active.length;
  const starting = job.spec.suspend === true ? 0 : Math.min(left, (job.spec.parallelism ?? 1) - active.length);
  let next = store;
  for (let index = 0; index < starting; index += 1) {
    const name = freshPodName(next, job, context, pods.length + index);
    next = next.put(podFromTemplate(job, job.spec.template, { name, generateName: generatedNamePrefix(job.metadata.name) }, context.time));
  }
  const ready = active.filter(isPodReady).length;
  const complete = succeeded >= (job.spec.completions ?? 1);
  const counts = { active: active.length + Math.max(0, starting), ready, succeeded };
  const status = {
    ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
    ...(complete ? { conditions: [{ type: 'Complete', status: 'True' }] } : {}),
  };
  return sameValue(job.status, status) ? next : next.put({ ...job, status });
}
