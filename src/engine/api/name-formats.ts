import { byteLength } from './go-text.ts';

/**
 * What is wrong with a name, label or port, in the server's words; an empty list when nothing is.
 *
 * Models: apimachinery pkg/util/validation/validation.go and pkg/api/validate/content, v1.37.
 */
export type Problems = readonly string[];

const none: Problems = [];
const labelPattern = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const subdomainPattern = `${labelPattern}(\\.${labelPattern})*`;
const qualifiedPattern = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const dnsLabel = new RegExp(`^${labelPattern}$`);
const dnsSubdomain = new RegExp(`^${subdomainPattern}$`);
const dns1035Label = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const wildcardSubdomain = new RegExp(`^\\*\\.${subdomainPattern}$`);
const qualified = new RegExp(`^${qualifiedPattern}$`);
const labelValue = new RegExp(`^(${qualifiedPattern})?$`);
const environmentName = /^[ -<>-~]+$/;
const configMapKey = /^[-._a-zA-Z0-9]+$/;
const percentage = /^[0-9]+%$/;

const alphanumeric = "alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
const labelText = `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${labelPattern}')`;
const subdomainText = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${subdomainPattern}')`;
const dns1035Text =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
const wildcardText = `a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is '\\*\\.${subdomainPattern}')`;
const qualifiedText = `must consist of ${alphanumeric} (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${qualifiedPattern}')`;
const labelValueText = `a valid label must be an empty string or consist of ${alphanumeric} (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(${qualifiedPattern})?')`;
const environmentNameText = "a valid environment variable name must consist only of printable ASCII characters other than '='";
const configMapKeyText =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

export function dnsLabelProblems(text: string): Problems {
  if (text.length <= 63 && dnsLabel.test(text)) return none;
  const problems: string[] = [];
  if (byteLength(text) > 63) problems.push('must be no more than 63 characters');
  if (!dnsLabel.test(text)) problems.push(dnsSubdomain.test(text) ? 'must not contain dots' : labelText);
  return problems;
}

export function dns1035LabelProblems(text: string): Problems {
  const problems: string[] = [];
  if (byteLength(text) > 63) problems.push('must be no more than 63 characters');
  if (!dns1035Label.test(text)) problems.push(dns1035Text);
  return problems;
}

export function dnsSubdomainProblems(text: string): Problems {
  if (text.length <= 253 && dnsSubdomain.test(text)) return none;
  const problems: string[] = [];
  if (byteLength(text) > 253) problems.push('must be no more than 253 characters');
  if (!dnsSubdomain.test(text)) problems.push(subdomainText);
  return problems;
}

export function wildcardSubdomainProblems(text: string): Problems {
  const problems: string[] = [];
  if (byteLength(text) > 253) problems.push('must be no more than 253 characters');
  if (!wildcardSubdomain.test(text)) problems.push(wildcardText);
  return problems;
}

/** A label or annotation key: `name` or `prefix/name`. */
export function labelKeyProblems(text: string): Problems {
  const slash = text.indexOf('/');
  if (slash < 0 && text.length <= 63 && qualified.test(text)) return none;
  const problems: string[] = [];
  if (slash >= 0) {
    if (text.indexOf('/', slash + 1) >= 0) {
      return [`a valid label key ${qualifiedText} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
    }
    const prefix = text.slice(0, slash);
    if (prefix === '') problems.push('prefix part must be non-empty');
    else for (const problem of dnsSubdomainProblems(prefix)) problems.push(`prefix part ${problem}`);
  }
  const name = text.slice(slash + 1);
  if (name === '') problems.push('name part must be non-empty');
  else if (byteLength(name) > 63) problems.push('name part must be no more than 63 bytes');
  if (!qualified.test(name)) problems.push(`name part ${qualifiedText}`);
  return problems;
}

export function labelValueProblems(text: string): Problems {
  if (text.length <= 63 && labelValue.test(text)) return none;
  const problems: string[] = [];
  if (byteLength(text) > 63) problems.push('must be no more than 63 bytes');
  if (!labelValue.test(text)) problems.push(labelValueText);
  return problems;
}

/** The name of a container port, as a Service's targetPort and an Ingress backend use it. */
export function portNameProblems(text: string): Problems {
  const problems: string[] = [];
  if (byteLength(text) > 15) problems.push('must be no more than 15 characters');
  if (!/^[-a-z0-9]+$/.test(text)) problems.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  if (!/[a-z]/.test(text)) problems.push('must contain at least one letter (a-z)');
  if (text.includes('--')) problems.push('must not contain consecutive hyphens');
  if (text !== '' && (text.startsWith('-') || text.endsWith('-'))) problems.push('must not begin or end with a hyphen');
  return problems;
}

export const portNumberProblem = 'must be between 1 and 65535, inclusive';

export function isPortNumber(port: number): boolean {
  return port >= 1 && port <= 65535;
}

export function environmentNameProblems(text: string): Problems {
  return environmentName.test(text) ? none : [environmentNameText];
}

export function configMapKeyProblems(text: string): Problems {
  const problems: string[] = [];
  if (byteLength(text) > 253) problems.push('must be no more than 253 characters');
  if (!configMapKey.test(text)) problems.push(configMapKeyText);
  else if (text === '.') problems.push("must not be '.'");
  else if (text === '..') problems.push("must not be '..'");
  else if (text.startsWith('..')) problems.push("must not start with '..'");
  return problems;
}

export function percentageProblems(text: string): Problems {
  return percentage.test(text)
    ? none
    : [
        "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
      ];
}

/** A name that stands in a URL's path. */
export function pathSegmentProblems(text: string): Problems {
  if (text === '.' || text === '..') return [`may not be '${text}'`];
  const problems: string[] = [];
  for (const character of ['/', '%']) if (text.includes(character)) problems.push(`may not contain '${character}'`);
  return problems;
}

const underscoreSubdomain = /^_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*$/;
const underscoreText =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*')";

/** A DNS search path, whose labels may have underscores. */
export function underscoreSubdomainProblems(text: string): Problems {
  const problems: string[] = [];
  if (byteLength(text) > 253) problems.push('must be no more than 253 characters');
  if (!underscoreSubdomain.test(text)) problems.push(underscoreText);
  return problems;
}
