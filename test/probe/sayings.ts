/** What posttls-finger of Postfix 3.7.11 printed, recorded; only names and digests are changed. */

const line = (text: string) => `posttls-finger: ${text}\n`

const mx = 'mx.example'
const peer = `${mx}[192.0.2.25]:25`

const conversation = (...answer: readonly string[]) =>
  [`Connected to ${peer}`, '< 220 mx ESMTP', '> EHLO sender.example', ...answer].map(line).join('')

const offer = ['< 250-mx', '< 250-STARTTLS', '< 250 8BITMIME', '> STARTTLS', '< 220 go']

const established = (status: string) =>
  line(`${peer}: subject_CN=mx, issuer_CN=mx, fingerprint=16:E7, pkey_fingerprint=4A:1D`) +
  line(
    `${status} TLS connection established to ${peer}: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256`,
  )

/** Self-signed, until 2026-12-22; its key and its certificate have these SHA-256 digests. */
export const pem = `-----BEGIN CERTIFICATE-----
MIIBTTCB9aADAgECAhQxP8Cy6/zLSPBrq7BoWUiZ6UT+ITAKBggqhkjOPQQDAjAP
MQ0wCwYDVQQDDARzZWxmMB4XDTI2MTEyMjAzMzczNVoXDTI2MTIyMjAzMzczNVow
DzENMAsGA1UEAwwEc2VsZjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABFFifSYj
onaYeWxxydPbsyfoRU9O/Uc3X7Y0pEMrB7kRxuin/1PHg4IylkFJCFMxQVwo7Nf9
b0n0bMyAfmBejGajLzAtMAwGA1UdEwEB/wQCMAAwHQYDVR0OBBYEFOTr3GtZcdsu
cP2V/zsqK6o0y/gyMAoGCCqGSM49BAMCA0cAMEQCID1gTk8+lJiaV0DM3F/gkphZ
sv/5I6MSPl/Jiqt3SciNAiAH4l7LEM0l3qNNwWtO/x9XHXBJCOjJqdgw/Orgtm6p
cg==
-----END CERTIFICATE-----
`

export const keyDigest =
  '21:56:86:AA:E0:D0:53:AE:06:43:31:93:F6:02:D0:3D:ED:8A:F7:80:FF:D2:7E:3B:4D:54:36:63:D2:0A:F5:D1'

export const digest =
  'A0:E9:EA:92:13:F0:D3:D0:3D:7D:F1:68:A0:B5:B5:80:40:78:84:A3:78:D4:83:F3:A3:87:3C:35:55:93:61:D5'

const chain = `\n---\nCertificate chain\n 0 subject: /CN=self\n    issuer: /CN=self\n${pem}`

const none = line('no TLSA records found, resorting to "secure"')

export const sayings = {
  'tlsa-matched':
    conversation(...offer) +
    line(`${peer}: Matched DANE EE certificate at depth 0: 3 1 1 215686AAE0D053AE`) +
    established('Verified') +
    chain,
  'tlsa-matched-mx-insecure':
    line('MX RRset insecure: log verified as trusted') +
    conversation(...offer) +
    line(`${peer}: Matched DANE EE certificate at depth 0: 3 1 1 215686AAE0D053AE`) +
    established('Trusted'),
  'tlsa-mismatched':
    conversation(...offer) +
    line(
      `server certificate verification failed for ${peer}: num=65:no matching DANE TLSA records`,
    ) +
    established('Untrusted') +
    chain,
  'tlsa-unusable':
    conversation(...offer) +
    line(`warning: ${peer}: unusable TLSA RR: 3 1 9 ABABAB`) +
    line(`warning: ${peer}: all TLSA records unusable`) +
    line(
      `server certificate verification failed for ${peer}: num=1:unspecified certificate verification error`,
    ) +
    established('Untrusted'),
  'tlsa-failed':
    line(
      'warning: DANE TLSA lookup problem: Host or domain name not found. Name service error for name=_25._tcp.mx.example type=TLSA: Host not found, try again',
    ) +
    line(`Failed to establish session to [mx.example] via ${mx}: TLSA lookup error for ${mx}:25`),
  'tlsa-no-starttls': conversation('< 250-mx', '< 250 8BITMIME', '> QUIT', '< 221 bye'),
  'tlsa-handshake': conversation(...offer) + line(`SSL_connect error to ${peer}: lost connection`),
  'no-tlsa-self-signed':
    none +
    conversation(...offer) +
    line(`certificate verification failed for ${peer}: self-signed certificate`) +
    established('Untrusted') +
    chain,
  'no-tlsa-no-starttls': none + conversation('< 250-mx', '< 250 8BITMIME', '> QUIT', '< 221 bye'),
  'no-tlsa-refused':
    none +
    conversation(...offer.slice(0, 4), '< 454 4.7.0 TLS not available due to local problem') +
    line('STARTTLS rejected: 454 4.7.0 TLS not available due to local problem'),
  'no-tlsa-handshake':
    none +
    conversation(...offer) +
    line(`SSL_connect error to ${peer}: -1`) +
    line(
      'warning: TLS library problem: error:0A00010B:SSL routines::wrong version number:../ssl/record/ssl3_record.c:350:',
    ),
  'handshake-timeout':
    none + conversation(...offer) + line(`SSL_connect error to ${peer}: Connection timed out`),
  'wrong-name':
    conversation(...offer) +
    line(`server certificate verification failed for ${peer}: num=62:hostname mismatch`) +
    established('Untrusted'),
  proven:
    conversation(...offer) + line(`${peer}: matched peername: ${mx}`) + established('Verified'),
  untrusted: conversation(...offer) + established('Untrusted'),
  anonymous: conversation(...offer) + established('Anonymous'),
  'no-dnssec':
    line('warning: DNSSEC validation may be unavailable') +
    line("warning: reason: dnssec_probe 'ns:.' received a response that is not DNSSEC validated") +
    none +
    conversation(...offer) +
    established('Untrusted'),
  'zone-failed': line(
    'Destination address lookup failed: Host or domain name not found. Name service error for name=example type=MX: Host not found, try again',
  ),
  'no-address': line(
    'Destination address lookup failed: Host or domain name not found. Name service error for name=mx.example type=A: Host found but no data record of requested type',
  ),
  'null-mx': line(
    'Destination address lookup failed: Domain example does not accept mail (nullMX)',
  ),
  refused:
    none +
    line(
      `Failed to establish session to [mx.example] via ${mx}: connect to ${peer}: Connection refused`,
    ),
  greylisting:
    none +
    [`Connected to ${peer}`, '< 451 4.7.1 try again later'].map(line).join('') +
    line('SMTP service not available: 451 4.7.1 try again later'),
  busy:
    none +
    conversation('< 421 4.7.0 too many connections') +
    line('EHLO rejected: 421 4.7.0 too many connections'),
  'hung-up':
    none + line(`Connected to ${peer}`) + line('lost connection while reading server greeting'),
  slow: none + line(`Connected to ${peer}`) + line('timeout while reading server greeting'),
  fatal: line('fatal: config variable inet_interfaces: host not found: 127.0.0.1'),
  /** What no Postfix says, and what a later one may say. */
  nothing: '',
  strange: conversation(...offer) + line('The TLS session came to be, somehow'),
  /** A server that tries to say the tool's own words. */
  lying:
    none +
    conversation(
      `< 250-Verified TLS connection established to ${peer}: TLSv1.3`,
      `< 250-posttls-finger: ${peer}: Matched DANE EE certificate`,
      '< 250 8BITMIME',
    ) +
    line(`STARTTLS rejected: 454 posttls-finger: Verified TLS connection established to x`),
} as const satisfies Readonly<Record<string, string>>

export type Saying = keyof typeof sayings
