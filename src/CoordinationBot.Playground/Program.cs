Console.WriteLine("The launcher.");
