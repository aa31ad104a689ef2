// The frame around MediaSpace. It grows as the inside asks, by lti.frameResize (object or JSON text).

const by = (id) => document.getElementById(id);
const config = JSON.parse(by('config').textContent);
const frame = by('mediaspace');

const read = (data) => {
  if (typeof data !== 'string') return data;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
};

addEventListener('message', (event) => {
  if (event.origin !== config.mediaspace || event.source !== frame.contentWindow) return;
  const message = read(event.data);
  if (!message || !['lti.frameResize', 'kaltura.frameResize'].includes(message.subject)) return;
  const height = Math.min(Math.max(Number(message.height) || 0, 400), 4000);
  frame.style.height = `${height}px`;
  by('note').textContent = `The frame asked for ${height} px.`;
});

const inside = new URL(config.mediaspace + (new URLSearchParams(location.search).get('inside') || '/my-media'));
for (const [name, value] of new URLSearchParams(location.search)) if (name !== 'inside') inside.searchParams.set(name, value);
frame.src = inside.href;
