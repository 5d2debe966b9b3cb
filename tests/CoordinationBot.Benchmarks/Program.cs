Console.WriteLine("The benchmarks.");
