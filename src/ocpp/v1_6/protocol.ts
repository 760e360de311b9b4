/** Subprotocol of OCPP 1.6 over WebSocket. */
export const protocol = "ocpp1.6";
