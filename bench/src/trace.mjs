/** @file The tasks of a page's main thread, from a trace of Chromium. */

/** Every task of every thread. */
export const TRACED = ['toplevel', '__metadata'];

/** The longest task of the renderer's main threads, in milliseconds of the processor: other programs of the machine do not count. */
export function longestTask({ traceEvents }) {
  const isMain = new Set(traceEvents
    .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
    .map(({ pid, tid }) => `${pid} ${tid}`));
  const tasks = traceEvents.filter(({ ph, name, pid, tid }) => ph === 'X' && /RunTask/.test(name) && isMain.has(`${pid} ${tid}`));
  if (!tasks.length) throw new Error('the trace has no tasks');
  return tasks.reduce((longest, { dur, tdur = dur }) => Math.max(longest, tdur), 0) / 1_000;
}
