/** The package is there only for those who use it. */
declare module "bullmq";
