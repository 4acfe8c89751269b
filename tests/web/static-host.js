// A host of files and nothing else, as a school has one: the built site in a folder of it, compressed for whoever takes that.
// It can go away in the middle of a test, and offer some files otherwise than they are.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, resolve, sep } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

/** @type {Record<string, string>} */
const TYPES = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm",
  ".json": "application/json", ".webmanifest": "application/manifest+json", ".png": "image/png", ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};
/** What does not get smaller is sent as it is. */
const COMPRESSED = [".html", ".js", ".css", ".wasm", ".json", ".webmanifest", ".svg"];

const compress = promisify(brotliCompress);

/**
 * @param {string} site  the folder of the built site
 * @param {object} [how]
 * @param {string} [how.folder]  below which the site lies on this host, such as "class/gan/"
 * @param {number} [how.port]  else any that is free
 * @param {Record<string, string | Buffer>} [how.instead]  contents of files, by their paths in the site; may be changed later
 */
export async function host(site, { folder = "", port = 0, instead = {} } = {}) {
  const root = resolve(site);
  /** What was asked for, in order, as paths in the site. @type {string[]} */
  const asked = [];
  /** @type {Map<string, Promise<Buffer>>} */
  const compressed = new Map();

  /** @param {string} file @returns {Promise<Buffer>} */
  async function contentOf(file) {
    if (file in instead) return Buffer.from(instead[file]);
    const path = resolve(root, file);
    if (!path.startsWith(root + sep)) throw new Error("not below the site");
    return readFile(path);
  }

  /** @param {string} file @param {Buffer} content */
  function brotli(file, content) {
    const key = `${file} ${content.length}`;
    const known = compressed.get(key) ?? compress(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
    compressed.set(key, known);
    return known;
  }

  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(String(request.url), "http://host").pathname).slice(1);
    const file = path === folder ? "index.html" : path.slice(folder.length);
    try {
      if (!path.startsWith(folder)) throw new Error("not below the folder");
      asked.push(file);
      const content = await contentOf(file);
      const small = COMPRESSED.includes(extname(file)) && /\bbr\b/.test(String(request.headers["accept-encoding"]));
      const body = small ? await brotli(file, content) : content;
      response.writeHead(200, {
        "content-type": TYPES[extname(file)] ?? "application/octet-stream",
        "content-length": body.length,
        // Names with a hash in them never mean anything else.
        "cache-control": file.startsWith("assets/") ? "max-age=31536000, immutable" : "no-cache",
        ...(small ? { "content-encoding": "br" } : {}),
      });
      response.end(body);
    } catch {
      response.writeHead(404, { "content-type": "text/plain" });
      response.end("no such file");
    }
  });
  await new Promise((listening) => { server.listen(port, "127.0.0.1", () => listening(undefined)); });
  const at = /** @type {import("node:net").AddressInfo} */ (server.address());

  return {
    address: `http://127.0.0.1:${at.port}/${folder}`,
    asked,
    instead,
    /** Nobody answers from now on, not even on connections that are open. */
    close: () => new Promise((closed) => {
      server.close(() => closed(undefined));
      server.closeAllConnections();
    }),
  };
}
