/** The namespaces of SOAP 1.1 and of the X-Road message protocol 4.0; they are the protocol's version in fact. */
export const NAMESPACES = Object.freeze({
  soapenv: 'http://schemas.xmlsoap.org/soap/envelope/',
  xrd: 'http://x-road.eu/xsd/xroad.xsd',
  id: 'http://x-road.eu/xsd/identifiers',
  repr: 'http://x-road.eu/xsd/representation.xsd',
});

/** Key of the attribute that says what an identifier identifies. */
export const OBJECT_TYPE = `{${NAMESPACES.id}}objectType`;

/** The only algorithm a Security Server uses for `requestHash`. */
export const SHA512_ALGORITHM = 'http://www.w3.org/2001/04/xmlenc#sha512';
