/** @file Medians and spreads. */

/** The value below which such a share of the values lies, between two neighbours by their distance. */
function quantile(values, share) {
  const sorted = [...values].sort((left, right) => left - right);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)];
  return low + (sorted[Math.ceil(at)] - low) * (at - Math.floor(at));
}

export const median = (values) => quantile(values, 0.5);

/** The middle half of the values. */
export const quartiles = (values) => [quantile(values, 0.25), quantile(values, 0.75)];
