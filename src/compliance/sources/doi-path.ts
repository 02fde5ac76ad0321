/** A DOI as the end of a URL's path: its slashes as they are, unless a dot segment would then lead elsewhere. */
export function doiPath(doi: string): string {
  const encoded = encodeURIComponent(doi);
  const climbs = doi.split('/').some((segment) => segment === '.' || segment === '..' || segment === '');
  return climbs ? encoded : encoded.replaceAll('%2F', '/');
}
