/**
 * @file The line between the browser and all servers of a run: one bandwidth for all connections together, and a delay.
 *
 * The throttling of the DevTools protocol (`Network.emulateNetworkConditions`) delays each request, not each packet, does not share
 * its bandwidth between a page and its frames in other processes, and sees no connection being made. So the servers do it.
 */

import { createServer } from 'node:net';
import { Duplex } from 'node:stream';

/** A packet; connections take turns after each. */
const PACKET_BYTES = 1_460;
const BITS_PER_BYTE = 8;

/** One direction of the line: packets leave one after the other and arrive after the delay. */
export class Direction {
  /** When the packet that was sent last has left, in milliseconds of `performance.now()`. */
  #free = 0;
  /** @type {{chunk: Buffer, at: number, deliver: (piece: Buffer) => void, sent: () => void}[]} One per connection that waits, in turns. */
  #waiting = [];
  /** @type {{due: number, deliver: () => void}[]} */
  #underway = [];
  #timer;

  /** @param {number} bitsPerSecond @param {number} delayMs one way */
  constructor(bitsPerSecond, delayMs) {
    this.msPerByte = (BITS_PER_BYTE * 1_000) / bitsPerSecond;
    this.delayMs = delayMs;
  }

  /** Sends a chunk: `deliver` gets its pieces as they arrive, `sent` is called when the last one has left. */
  send(chunk, deliver, sent) {
    this.#waiting.push({ chunk, at: 0, deliver, sent });
    this.#work();
  }

  #work() {
    clearTimeout(this.#timer);
    const now = performance.now();
    while (this.#waiting.length && this.#free <= now) {
      const turn = this.#waiting.shift();
      const piece = turn.chunk.subarray(turn.at, turn.at + PACKET_BYTES);
      // A timer comes late by a part of a millisecond; the line does not lose that time while there is something to send.
      const begin = now - this.#free < 2 ? this.#free : now;
      this.#free = begin + piece.length * this.msPerByte;
      this.#underway.push({ due: this.#free + this.delayMs, deliver: () => turn.deliver(piece) });
      turn.at += piece.length;
      if (turn.at < turn.chunk.length) this.#waiting.push(turn);
      else turn.sent();
    }
    while (this.#underway.length && this.#underway[0].due <= now) this.#underway.shift().deliver();
    const due = Math.min(this.#waiting.length ? this.#free : Infinity, this.#underway[0]?.due ?? Infinity);
    if (due < Infinity) this.#timer = setTimeout(() => this.#work(), Math.max(0, due - performance.now()));
  }
}

/** A line, in both directions of the same bandwidth. */
export class Line {
  /** @param {{bitsPerSecond: number, roundTripMs: number}} line */
  constructor({ bitsPerSecond, roundTripMs }) {
    this.roundTripMs = roundTripMs;
    this.down = new Direction(bitsPerSecond, roundTripMs / 2);
    this.up = new Direction(bitsPerSecond, roundTripMs / 2);
  }
}

/** The server's end of a connection over a line. */
class Connection extends Duplex {
  #socket;
  #line;
  bytesWritten = 0;

  constructor(socket, line) {
    super();
    this.#socket = socket;
    this.#line = line;
    // The handshake of TCP takes a round trip before the first byte of a request can leave.
    const open = new Promise((done) => { setTimeout(done, line.roundTripMs); });
    socket.on('data', (chunk) => open.then(() => line.up.send(chunk, (piece) => this.push(piece), () => {})));
    socket.on('end', () => this.push(null));
    socket.on('error', () => this.destroy());
    socket.on('close', () => this.destroy());
  }

  write(chunk, ...rest) {
    this.bytesWritten += Buffer.byteLength(chunk, typeof rest[0] === 'string' ? rest[0] : undefined);
    return super.write(chunk, ...rest);
  }

  _read() {}

  _write(chunk, encoding, sent) {
    this.#line.down.send(chunk, (piece) => this.#socket.write(piece), sent);
  }

  _final(done) {
    this.#socket.end();
    done();
  }

  _destroy(error, done) {
    this.#socket.destroy();
    done(error);
  }

  setTimeout() { return this; }

  setKeepAlive() { return this; }

  setNoDelay() { return this; }

  ref() { return this; }

  unref() { return this; }
}

/** The way in to the servers: without a line, browser and servers are as near as they are. */
export class Front {
  /** @type {Line | undefined} */ #line;
  #listeners = [];
  #connections = new Set();

  /** Changes the line. Connections that are open end: a page makes its own. */
  set line(line) {
    this.#line = line;
    for (const socket of this.#connections) socket.destroy();
  }

  /**
   * Listens for a server on a port of its own.
   *
   * @param {(connection: import('node:stream').Duplex) => void} serve
   * @param {{isNear?: boolean}} [options] `isNear`: for other servers, never over the line
   * @returns {Promise<number>} the port
   */
  async listen(serve, { isNear = false } = {}) {
    const listener = createServer((socket) => {
      socket.setNoDelay(true);
      if (isNear) return serve(socket);
      this.#connections.add(socket);
      socket.on('close', () => this.#connections.delete(socket));
      return serve(this.#line ? new Connection(socket, this.#line) : socket);
    });
    this.#listeners.push(listener);
    await new Promise((done, failed) => { listener.once('error', failed).listen(0, '127.0.0.1', done); });
    return listener.address().port;
  }

  close() {
    for (const listener of this.#listeners) listener.close();
  }
}
