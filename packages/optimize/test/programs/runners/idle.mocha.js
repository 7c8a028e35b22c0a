// A second file, so that there is something to do in parallel.
it("does nothing", () => {});
