/** @file Companion's OneDrive provider names Microsoft Graph in its source; here it is the bench's. */

export async function load(url, context, nextLoad) {
  const loaded = await nextLoad(url, context);
  if (!url.endsWith('/provider/onedrive/index.js')) return loaded;
  const source = loaded.source.toString().replaceAll('https://graph.microsoft.com/v1.0', process.env.BENCH_GRAPH);
  return { ...loaded, source };
}
