/**
 * Every segment an X-Road error code can be made of, in the spelling of versions up to 7.7. From 7.8 on the same
 * segments are written in snake_case; `normaliseCode` makes both one.
 */
export const KNOWN_CODES: readonly string[] = words(`
  IOError NetworkError InternalError BadRequest NotFound HttpError DatabaseError InvalidResponse InvalidRequest
  CannotCreateSignature CertValidation MissingValidationInfo IncorrectValidationInfo CannotCreateCertPath
  CertValidityTime IncorrectCertificate UnsupportedAlgorithm InvalidSignatureValue MalformedSignature InvalidXml
  InvalidReference InvalidCertPath SignatureVerification MalformedSoap TimestampValidation InvalidHashChain
  MalformedHashChain HashChainUnusedInputs InvalidHashChainRef
  SslAuthenticationFailed LoggingFailed TimestampingFailed InvalidContentType InvalidSoapAction InvalidHttpMethod
  InvalidMessage InvalidSecurityServer MimeParsingFailed MissingHeader MissingHeaderField DuplicateHeaderField
  MissingBody InvalidBody InconsistentHeaders InconsistentResponse MissingSoap InvalidSoap MissingRest InvalidRest
  AccessDenied ServiceDisabled ServiceFailed MissingSignature UnknownService InvalidProtocolVersion
  InvalidClientIdentifier ServiceType ClientProxyVersionNotSupported
  AsicInvalidContainer AsicMimeTypeNotFound AsicSignatureNotFound AsicMessageNotFound AsicInvalidMimeType
  AsicHashChainResultNotFound AsicHashChainNotFound AsicTimestampNotFound AsicManifestNotFound
  UnknownMember MalformedServerConf MalformedKeyConf MalformedGlobalConf MalformedOptionalPartsConf OutdatedGlobalConf
  ServiceMissingUrl ServiceMalformedUrl AdapterWsdlNotFound HSMNonOperational MaintenanceMode
  KeyNotFound KeyNotAvailable CertNotFound CsrNotFound TokenNotFound TokenNotActive TokenNotInitialized
  TokenNotAvailable TokenReadOnly CannotSign UnsupportedSignAlgorithm FailedToGenerateCertificateRequest
  FailedToGeneratePrivateKey FailedToGeneratePublicKey FailedToDeleteKey CertExists CannotGetMemberIdFromCertificate
  WrongCertUsage CannotFindMember LoginFailed LogoutFailed PinIncorrect CertImportFailed TokenPinPolicyFailure
  TimestamperFailed SecurityCategory
  UnknownHost CryptographyError OcspConnectionError OcspResponseParsingFailure OcspFailed
  OcspResponseVerificationFailure HsmInternalError
  Signer OpMonitor Mlog`);

/**
 * Segments only management interfaces use, from 7.8 on, as they are written there. No client meets them; they are
 * here so that none is taken for a service's own fault.
 */
export const MANAGEMENT_CODES: readonly string[] = words(`
  api_key_not_found invalid_role invalid_filename invalid_backup_file double_file_extension security_server_not_found
  service_not_found client_not_found endpoint_not_found certificate_authority_not_found validation_error invalid_url
  invalid_certificate invalid_distinguished_name invalid_characters invalid_pem_csr invalid_encoded_id
  invalid_parameters id_not_a_number duplicate_entry action_not_possible resource_read_failed invalid_address_char
  malformed_anchor anchor_file_not_found openapi_file_error initialization_interrupted email_sending_error
  token_fetch_failed token_weak_pin invalid_client_name timestamping_service_not_found gpg_key_generation_failed
  key_and_cert_generation_failed member_class_exists failed_to_save_instance_identifier restore_process_failed
  generate_backup_interrupted conf_verification`);

/** Beginnings of families of management codes. */
export const MANAGEMENT_FAMILIES: readonly string[] = words(
  'global_conf_ conf_download backup_ invalid_file_ management_request_',
);

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
