import { policies } from '../language/policy.ts'
import type { Settings } from '../language/settings.ts'
import { defaultSettings } from '../language/settings.ts'
import type { HostSettings } from './host-facts.ts'

const dnsLevels = ['disabled', 'enabled', 'dnssec'] as const

/** The settings by which a table without policies is judged: those of the host, as far as they decide. */
export function settingsOfHost(host: HostSettings): Settings {
  const { postfix } = defaultSettings
  return {
    ...defaultSettings,
    postfix: {
      ...postfix,
      // Without a level, and with the obsolete smtp_use_tls and its like unset, Postfix uses no TLS.
      defaultPolicy: policies.find(policy => policy === host.smtp_tls_security_level) ?? 'none',
      dnsSupportLevel: dnsLevels.find(level => level === host.smtp_dns_support_level) ?? 'enabled',
    },
  }
}
