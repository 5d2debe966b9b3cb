// Each office has a browser, Node processes and the hub's HTTPS address: one at a time is what two cores hold.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
