import { type Config, publicUrl } from '../platform/config/index.ts';
import { version } from './version.ts';

/** How Almanac introduces itself to other servers: `almanac/<version> (+PUBLIC_URL; mailto:CONTACT_EMAIL)`. */
export function userAgentOf(config: Config): string {
  const contact = config.contactEmail === null ? '' : `; mailto:${config.contactEmail}`;
  return `almanac/${version} (+${publicUrl(config)}${contact})`;
}
