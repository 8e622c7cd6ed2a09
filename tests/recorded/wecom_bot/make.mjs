// Makes vectors.json with Tencent's own package, so that our encryption and the simulator's are checked against a third.
// In an empty folder with a copy of this file: npm install @wecom/crypto@1.0.1 && node make.mjs > vectors.json
// With a file as argument it opens the answers in it instead: {"key", "token", "answers": [{"body", "nonce"}]} -> texts.
import { readFileSync } from 'node:fs'
import { decrypt, encrypt, getSignature } from '@wecom/crypto'

const token = 'tokenofthetests'
const key = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'
const timestamp = 1795312800
const nonce = '1599999999'
const said = [
  { name: 'echo', clear: '1616140317555161061' },
  {
    name: 'group_text',
    clear: JSON.stringify({
      msgid: 'CAIQ16HMjQYY/NGagIOAgAMgq4KM0AI=', aibotid: 'AIBOTID', chatid: 'wrkSFfCgAAxxxxxx', chattype: 'group',
      from: { userid: 'granny' }, response_url: 'https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=CODE',
      msgtype: 'text', text: { content: '@小微 居住证怎么办' },
    }),
  },
  {
    name: 'stream',
    clear: JSON.stringify({
      msgid: 'CAIQz7/MjQYY/NGagIOAgAMgl8jK/gI=', aibotid: 'AIBOTID', chatid: 'wrkSFfCgAAxxxxxx', chattype: 'group',
      from: { userid: 'granny' }, msgtype: 'stream', stream: { id: 'STREAMID' },
    }),
  },
  { name: 'padding_of_a_whole_block', clear: 'x'.repeat(44) },
  { name: 'empty', clear: '' },
]

if (process.argv[2]) {
  const { key: theirs, token: shared, answers } = JSON.parse(readFileSync(process.argv[2]))
  const read = answers.map(({ body }) => {
    const signed = getSignature(shared, body.timestamp, body.nonce, body.encrypt)
    if (signed !== body.msgsignature) throw new Error('wrong signature')
    const { message, id } = decrypt(theirs, body.encrypt)
    if (id !== '') throw new Error('a receiver')
    return message
  })
  console.log(JSON.stringify(read))
} else {
  const vectors = said.map(({ name, clear }, number) => {
    const random = Buffer.from(`random of vector${String.fromCharCode(97 + number)}`.padEnd(16, '.').slice(0, 16))
    const cipher = encrypt(key, clear, '', random)
    return { name, clear, random: random.toString('hex'), cipher, signature: getSignature(token, timestamp, nonce, cipher) }
  })
  console.log(JSON.stringify({ package: '@wecom/crypto@1.0.1', token, key, timestamp, nonce, vectors }, null, 1))
}
