/**
 * What the bench calls: the cheapest server that our client accepts as a Security Server, in a process of its own so
 * that its work is not counted. It echoes what must be echoed, and of hashes makes only the one that is verified.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const REST_BODY = Buffer.from(
  '{"numeroCni":"1751198700123","nom":"NDIAYE","prenoms":["Awa","Coumba"],"dateNaissance":"1987-03-14","statut":"VALIDE"}',
);
const SOAP_BODY =
  '<soapenv:Body><ec:verifierNaissanceResponse xmlns:ec="http://etatcivil.xroad.sn/actes"><response><acte>' +
  '<numeroExtrait>1987-0456</numeroExtrait><nom>NDIAYE</nom><prenoms>Awa Coumba</prenoms></acte></response>' +
  '</ec:verifierNaissanceResponse></soapenv:Body></soapenv:Envelope>';

// Kept as evidence by the caller of a REST service, who cannot verify it without the whole request.
const REST_HASH = 'sukHdJjPugt2fpYdm+kcpUSTqdH8fa/tQYWSyQ+Z+bKt8kfGtHSaz0A7TJnnIGlR06Fc7ZQpaDO0C7gqrXxHqg==';
const REQUEST_ID = '0b9d0a30-3d0e-4f4b-8f1a-2a3a5b6c7d8e';

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    if (request.url?.startsWith('/r1/') === true) answerRest(request, response);
    else answerSoap(Buffer.concat(chunks), response);
  });
});
// An idle connection must outlive the pauses between two measurements.
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit(0));

function answerRest(request: IncomingMessage, response: ServerResponse): void {
  const [, , instance, memberClass, member, subsystem, service] = (request.url ?? '').split(/[/?]/);
  response.writeHead(200, {
    'Content-Type': 'application/json;charset=utf-8',
    'Content-Length': REST_BODY.length,
    'x-road-id': request.headers['x-road-id'],
    'x-road-client': request.headers['x-road-client'],
    'x-road-service': [instance, memberClass, member, subsystem, service].join('/'),
    'x-road-request-id': REQUEST_ID,
    'x-road-request-hash': REST_HASH,
  });
  response.end(REST_BODY);
}

function answerSoap(asked: Buffer, response: ServerResponse): void {
  const text = asked.toString('utf8');
  const hash = createHash('sha512').update(asked).digest('base64');
  const element = `<xrd:requestHash algorithmId="http://www.w3.org/2001/04/xmlenc#sha512">${hash}</xrd:requestHash>`;
  const head = text.slice(0, text.indexOf('</soapenv:Header>')).replace('</xrd:id>', `</xrd:id>${element}`);
  const body = Buffer.from(`${head}</soapenv:Header>${SOAP_BODY}`);
  response.writeHead(200, { 'Content-Type': 'text/xml;charset=utf-8', 'Content-Length': body.length });
  response.end(body);
}
