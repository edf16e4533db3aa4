import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import proxyAddr from 'proxy-addr';

/**
 * Which client a request comes from, as clients are counted: an IPv4 address, or the /64 of an IPv6 address, since whoever has one
 * address of a /64 has all of them. The client is the last hop that is no trusted proxy; what stands before it in X-Forwarded-For
 * the client may have invented, so it counts for nothing, and without a trusted proxy all of the header does.
 * @param trustedProxies addresses and CIDRs
 */
export function clientNetworks(trustedProxies: readonly string[]): (request: IncomingMessage) => string {
  const isTrusted = proxyAddr.compile([...trustedProxies]);
  return (request) => {
    // From the peer outwards, up to the first that is not trusted. One that is no address stands for its proxy.
    const hops = proxyAddr.all(request, isTrusted).filter((hop) => isIP(hop) > 0);
    const client = hops.at(-1);
    return client === undefined ? 'unknown' : networkOf(ipaddr.process(client));
  };
}

function networkOf(address: ipaddr.IPv4 | ipaddr.IPv6): string {
  if (address instanceof ipaddr.IPv4) return address.toString();
  const groups = address.parts.slice(0, 4).map((part) => part.toString(16));
  return `${groups.join(':')}::/64`;
}
