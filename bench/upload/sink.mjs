import { createServer } from 'node:http'

/**
 * Takes anything and keeps nothing, in a process of its own; prints its address as JSON. The answer
 * says how many bytes came, so that nobody is fast by sending less.
 */
const server = createServer((request, response) => {
  let bytes = 0
  request.on('data', (piece) => (bytes += piece.length))
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ bytes }))
  })
})

server.listen(0, '127.0.0.1', () => {
  process.stdout.write(
    `${JSON.stringify({ origin: `http://127.0.0.1:${server.address().port}` })}\n`,
  )
})
