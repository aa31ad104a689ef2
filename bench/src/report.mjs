/** @file The tables, in Markdown. */

import { CONDITIONS, TITLES } from './conditions.mjs';
import { FIGURES, FURTHER } from './figures.mjs';
import { median, quartiles } from './statistics.mjs';

const PAGES = ['picker', 'mgt', 'uppy', 'uppy-dashboard'];
const WRITERS = {
  x: (value) => `${value.toFixed(2)} x`,
  kB: (value) => `${(value / 1_000).toFixed(1)} kB`,
  MB: (value) => `${(value / 1_000_000).toFixed(1)} MB`,
  ms: (value) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`,
  count: (value) => String(Math.round(value)),
};
const WITHOUT_UNIT = (text) => text.replace(/ .*/, '');

function cell(figure, unit) {
  if (!figure) return '';
  const write = WRITERS[unit];
  const spread = figure.spread && (unit === 'x' || unit === 'ms') ? ` (${figure.spread.map((value) => WITHOUT_UNIT(write(value))).join(' to ')})` : '';
  return write(figure.value) + spread;
}

/** What a figure is worth against what is required. */
export function verdict(value, { required, goal }) {
  if (goal !== undefined && value <= goal) return 'goal reached';
  if (value <= required) return goal === undefined ? 'met' : 'met, goal missed';
  return required ? `**missed by ${Math.round((value / required - 1) * 100)} %**` : '**missed**';
}

/** The figures of the design, in a table. */
export function figures(results) {
  const lines = [
    `| what | ${PAGES.map((page) => TITLES[page]).join(' | ')} | required | goal | verdict |`,
    `| --- |${' ---: |'.repeat(PAGES.length + 2)} --- |`,
  ];
  for (const figure of FIGURES) {
    const values = PAGES.map((page) => figure.of(results, page));
    if (!values[0]) continue;
    const write = WRITERS[figure.unit];
    const limits = [figure.required, figure.goal].map((limit) => (limit === undefined ? '' : write(limit)));
    lines.push(`| ${[figure.what, ...values.map((value) => cell(value, figure.unit)), ...limits, verdict(values[0].value, figure)].join(' | ')} |`);
  }
  return lines.join('\n');
}

/** Figures besides those of the design. */
export function further(results) {
  const pages = ['vanilla', ...PAGES];
  const lines = [`| what | ${pages.map((page) => TITLES[page]).join(' | ')} |`, `| --- |${' ---: |'.repeat(pages.length)}`];
  for (const { what, unit, of } of FURTHER) {
    const values = pages.map((page) => of(results, page));
    if (values.some(Boolean)) lines.push(`| ${what} | ${values.map((value) => cell(value, unit)).join(' | ')} |`);
  }
  return lines.join('\n');
}

/** Milliseconds for each page under each condition. */
export function times(results) {
  const lines = ['| | page | first row | all rows | longest task |', '| --- | --- | ---: | ---: | ---: |'];
  for (const { name, words, pages } of CONDITIONS) {
    for (const page of pages) {
      const visits = results[name]?.[page]?.map(([visit]) => visit);
      if (!visits?.length) continue;
      const of = (pick) => {
        const values = visits.map(pick);
        return `${Math.round(median(values))} ms (${quartiles(values).map(Math.round).join(' to ')})`;
      };
      const task = Math.round(median(visits.map(({ longTasks }) => Math.max(0, ...longTasks.map(({ duration }) => duration)))));
      const all = name === 'card' ? '' : of((visit) => visit.all);
      lines.push(`| ${words} | ${TITLES[page]} | ${of((visit) => visit.first)} | ${all} | ${task ? `${task} ms` : 'under 50 ms'} |`);
    }
  }
  return lines.join('\n');
}

/** The files that come before the first row, heaviest first. */
export function files(results) {
  const visit = results['200-local']?.picker?.[0]?.[0];
  if (!visit) return '';
  const lines = ['| file of the picker | bytes | |', '| --- | ---: | --- |'];
  for (const { path, bytes, isBefore } of [...visit.files].sort((left, right) => right.bytes - left.bytes)) {
    lines.push(`| \`${path.replace(/\?.*/, '').replace(/^.*\//, '')}\` | ${bytes} | ${isBefore ? 'before the first row' : 'afterwards'} |`);
  }
  return lines.join('\n');
}
