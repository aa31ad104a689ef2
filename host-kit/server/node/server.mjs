// The two addresses of the import, for Node.js 18 or newer, without dependencies:
//   POST {path}           {"items": […]}   202 {"import": "…"}; with "import" the items are those whose links are renewed
//   GET  {path}?import=…                   200 {"files": […], "linksWanted": […]}
//
// `currentUser(request)` is the site's own: {id, role} of the person who is signed in, or undefined.
import { mayImport, validate } from './validation.mjs';

const MAX_BODY_BYTES = 2_000_000;

const readBody = async (request) => {
  const parts = [];
  let length = 0;
  for await (const part of request) {
    length += part.length;
    if (length > MAX_BODY_BYTES) return undefined;
    parts.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    return undefined;
  }
};

/** A handler for `http.createServer`, or for a route of the site. */
export const importHandler = ({ imports, config, currentUser }) => async (request, response) => {
  const answer = (status, body) => {
    response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
    response.end(JSON.stringify(body));
  };
  try {
    const user = await currentUser(request);
    if (!user) return answer(401, { code: 'not_signed_in' });
    if (!mayImport(user.role, config.allowedRoles)) return answer(403, { code: 'role_too_low' });
    if (request.method === 'GET') {
      const id = new URL(request.url, 'http://site').searchParams.get('import') ?? '';
      const progress = await imports.progress(user, id);
      return progress ? answer(200, progress) : answer(404, { code: 'unknown_import' });
    }
    if (request.method !== 'POST') return answer(405, { code: 'method_not_allowed' });
    // A form of another site cannot send this type, and other sites' scripts have another origin.
    const isJson = request.headers['content-type'] === 'application/json';
    if (!isJson || !config.pageOrigins.includes(request.headers.origin)) return answer(403, { code: 'foreign_request' });
    const body = await readBody(request);
    const { items, problem, index } = validate(body, config);
    if (problem) return answer(422, { code: problem, index });
    if (body.import === undefined) return answer(202, { import: imports.begin(user, items) });
    return imports.renewLinks(user, String(body.import), items) ? answer(202, { import: body.import }) : answer(404, { code: 'unknown_import' });
  } catch {
    // No details: they may hold a link or a session.
    return answer(500, { code: 'internal_error' });
  }
};
