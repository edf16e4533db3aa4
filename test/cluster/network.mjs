import { connect, createServer } from 'node:net';

/** @import { Socket } from 'node:net' */

/** How a connection behaves: cut refuses and breaks off, silent lets nothing through, slow delays everything. @typedef {'up' | 'cut' | 'silent' | 'slow'} Weather */

const SLOW_MS = 300;

/** Networks between processes, each of which can fail by itself. */
export function createNetworks() {
  /** @type {Map<string, Weather>} */
  const weather = new Map();
  /** @type {{ name: string, sockets: Socket[] }[]} */
  let pairs = [];
  /** @type {import('node:net').Server[]} */
  const servers = [];
  return {
    /** @returns {string[]} */
    names: () => [...weather.keys()],

    /**
     * Puts a network before a port.
     * @param {string} name
     * @param {number} port
     * @returns {Promise<number>} the port by which clients reach it
     */
    async before(name, port) {
      weather.set(name, 'up');
      const server = createServer((client) => {
        if (weather.get(name) === 'cut') {
          client.destroy();
          return;
        }
        const behind = connect({ host: '127.0.0.1', port });
        const pair = { name, sockets: [client, behind] };
        pairs.push(pair);
        const end = () => {
          client.destroy();
          behind.destroy();
          pairs = pairs.filter((one) => one !== pair);
        };
        for (const [from, to] of /** @type {const} */ ([
          [client, behind],
          [behind, client],
        ])) {
          from.setNoDelay(true);
          from.on('data', (bytes) => {
            if (weather.get(name) !== 'slow') return void to.write(bytes);
            // In their order: timers of one length fire as they were set.
            setTimeout(() => to.write(bytes), SLOW_MS);
          });
          from.on('error', end);
          from.on('close', end);
        }
      });
      servers.push(server);
      await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
      return /** @type {import('node:net').AddressInfo} */ (server.address()).port;
    },

    /**
     * @param {string} name
     * @param {Weather} next
     */
    set(name, next) {
      weather.set(name, next);
      for (const { sockets } of pairs.filter((one) => one.name === name)) {
        for (const socket of sockets) {
          if (next === 'cut') socket.destroy();
          else if (next === 'silent') socket.pause();
          else socket.resume();
        }
      }
    },

    close() {
      for (const server of servers) server.close();
      for (const { sockets } of pairs) for (const socket of sockets) socket.destroy();
    },
  };
}
