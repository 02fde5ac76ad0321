import type { LookupFunction } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { Agent, buildConnector as Build } from 'undici';
import { type AddressRange, literalAddress, mayReach } from './address-guard.ts';
import { OutboundError } from './failure.ts';

/** All addresses of a host name, as `dns.lookup(name, { all: true })` gives them. Rejects when there are none. */
export type Resolve = (hostname: string) => Promise<{ address: string; family: number }[]>;

/**
 * An undici agent whose every connection is looked up once, judged, and made to the judged addresses and no others
 * (events.md §9.2: a name that answers differently the second time cannot lead anywhere else, there is no second time).
 * Host header, SNI and the certificate check keep the name.
 */
export async function createGuardedAgent(
  allowed: readonly AddressRange[],
  resolve: Resolve,
  closing: AbortSignal,
): Promise<Agent> {
  // Its hundred modules are loaded with the first request that goes out, not at every start.
  const { Agent, buildConnector } = await import('undici');
  return new Agent({
    connect: (options, callback) => {
      checkedAddresses(options.hostname, allowed, resolve, closing).then(
        (addresses) => connectTo(buildConnector, addresses)(named(options), callback),
        (error: Error) => callback(error, null),
      );
    },
    // The total time limit of a request rules; undici's own pauses between chunks would let a drip live for ever.
    headersTimeout: 0,
    bodyTimeout: 0,
    allowH2: false,
    maxHeaderSize: 64 * 1024,
  });
}

async function checkedAddresses(
  hostname: string,
  allowed: readonly AddressRange[],
  resolve: Resolve,
  closing: AbortSignal,
) {
  const literal = literalAddress(hostname);
  const found =
    literal === null
      ? await Promise.race([resolve(hostname), neverFound(closing)]).catch(() => [])
      : [{ address: literal, family: literal.includes(':') ? 6 : 4 }];
  if (found.length === 0) throw new OutboundError('dns', 'the host name cannot be resolved');
  // One bad address condemns the name: which of several is used is otherwise up to chance.
  if (!found.every(({ address }) => mayReach(address, allowed))) {
    throw new OutboundError('address', 'the address is not allowed');
  }
  return found;
}

/** A lookup that takes 10 s is as good as none; one under way must not keep the door from closing. */
async function neverFound(closing: AbortSignal): Promise<never[]> {
  return await setTimeout(10_000, [], { ref: false, signal: closing });
}

function connectTo(build: typeof Build, addresses: { address: string; family: number }[]) {
  const lookup: LookupFunction = (_hostname, options, callback) => {
    const first = addresses[0];
    if (options.all) callback(null, addresses);
    else if (first !== undefined) callback(null, first.address, first.family);
  };
  // 10 s to connect; with several addresses each gets a second before the next is tried beside it (RFC 8305).
  return build({
    timeout: 10_000,
    allowH2: false,
    lookup,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: 1_000,
  });
}

function named(options: Build.Options): Build.Options {
  const { servername: _, ...rest } = options;
  return literalAddress(options.hostname) === null ? { ...rest, servername: options.hostname } : rest;
}
