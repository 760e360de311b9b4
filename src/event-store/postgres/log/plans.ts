/**
 * Settings of sessions that read or fill the log. A plan is kept: one made while the tables were
 * empty must serve when they are large.
 */
export const plansForLargeTables = {
  enable_seqscan: "off",
  enable_hashjoin: "off",
  enable_mergejoin: "off",
};
