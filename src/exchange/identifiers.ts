/** A subsystem as X-Road names it: `instance/memberClass/memberCode/subsystem`. */
export interface SubsystemId {
  readonly instance: string;
  readonly memberClass: string;
  readonly memberCode: string;
  readonly subsystem: string;
}

/** A service of a subsystem. `serviceVersion` exists in SOAP only; REST carries versions in its paths. */
export interface ServiceId extends SubsystemId {
  readonly serviceCode: string;
  readonly serviceVersion?: string;
}
