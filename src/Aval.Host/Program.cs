Console.WriteLine("aval");
